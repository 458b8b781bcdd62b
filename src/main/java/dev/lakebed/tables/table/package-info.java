/** Operations on tables. */
@NullMarked
package dev.lakebed.tables.table;

import org.jspecify.annotations.NullMarked;
