/**
 * Attacks on a running server: hand-made requests over sockets. Each test carries the number of its
 * row in the project's list of attack cases.
 */
@NullMarked
package dev.lakebed.attack;

import org.jspecify.annotations.NullMarked;
