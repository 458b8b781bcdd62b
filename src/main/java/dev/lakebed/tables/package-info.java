/** The S3 Tables protocol: its operations, and what S3 asks about managed tables. */
@NullMarked
package dev.lakebed.tables;

import org.jspecify.annotations.NullMarked;
