/**
 * What runs inside the servers' JVMs. These classes see only the JDK, and each is one class file:
 * they are copied next to a server, whose own libraries must not meet ours.
 */
package dev.vams.migration.local.server.child;
