/** Strict reading of JSON request bodies, and writing of answers. */
@NullMarked
package dev.lakebed.tables.json;

import org.jspecify.annotations.NullMarked;
