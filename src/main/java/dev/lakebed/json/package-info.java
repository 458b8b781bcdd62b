/** The one reader of JSON from outside: strict, bounded, and linear in the length of its input. */
@NullMarked
package dev.lakebed.json;

import org.jspecify.annotations.NullMarked;
