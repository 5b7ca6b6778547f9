package dev.vams.migration.cli.deployed;

/**
 * How far a Map is.
 *
 * @param units how many units it has, as far as it has read them
 * @param succeeded how many of them ended well
 * @param failed how many of them failed, timed out, or were stopped
 * @param maxConcurrency how many it does at once; 0 for as many as there are
 */
public record MapProgress(long units, long succeeded, long failed, int maxConcurrency) {}
