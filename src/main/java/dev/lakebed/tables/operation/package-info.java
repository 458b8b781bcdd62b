/** The operations of S3 Tables, one class each. */
@NullMarked
package dev.lakebed.tables.operation;

import org.jspecify.annotations.NullMarked;
