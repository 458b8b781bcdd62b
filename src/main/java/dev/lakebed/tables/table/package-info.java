/** Tables, their metadata files, and what becomes of the files of a dropped one. */
@NullMarked
package dev.lakebed.tables.table;

import org.jspecify.annotations.NullMarked;
