/** What S3 Tables needs of the objects in a table bucket. */
@NullMarked
package dev.lakebed.tables.storage;

import org.jspecify.annotations.NullMarked;
