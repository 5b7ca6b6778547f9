package dev.vams.migration.core.json;

/** The part of an entry that bucket pairs and table pairs have in common, once it is valid. */
record NamedPair(String descriptor, String from, String to) {}
