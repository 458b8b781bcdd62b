/**
 * Attacks on a running server: hand-made requests over sockets. Each test points at its row of
 * docs/evidence/attack-cases.md.
 */
@NullMarked
package dev.lakebed.attack;

import org.jspecify.annotations.NullMarked;
