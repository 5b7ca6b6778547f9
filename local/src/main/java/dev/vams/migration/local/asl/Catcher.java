package dev.vams.migration.local.asl;

import java.util.Set;

/** Where the run goes on after an error. */
record Catcher(Set<String> errorEquals, Exit exit) {}
