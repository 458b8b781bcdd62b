/**
 * What clients may have of what all of them share: how many places at once, how often in a time.
 */
@NullMarked
package dev.lakebed.limit;

import org.jspecify.annotations.NullMarked;
