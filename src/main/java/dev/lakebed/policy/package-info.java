/**
 * The policy language and its evaluation: pure, no input or output, no other Lakebed package below
 * it.
 */
@NullMarked
package dev.lakebed.policy;

import org.jspecify.annotations.NullMarked;
