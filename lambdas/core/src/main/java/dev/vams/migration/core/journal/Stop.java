package dev.vams.migration.core.journal;

/**
 * Why a run was stopped: what one worker met, every other one would meet too.
 *
 * @param descriptor the pair whose unit met it
 * @param reason what was being done, and the error
 */
public record Stop(String descriptor, String reason) {}
