package dev.vams.migration.core.journal;

import dev.vams.migration.core.plan.Unit;

/** What a child workflow is started with, as far as it matters here. */
public record ChildInput(Unit unit) {}
