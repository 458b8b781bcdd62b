/** The S3 Tables protocol: its face to the front and to the other protocol families. */
@NullMarked
package dev.lakebed.tables;

import org.jspecify.annotations.NullMarked;
