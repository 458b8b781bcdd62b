/** Names, ARNs, tokens and locations of S3 Tables, each parsed once. */
@NullMarked
package dev.lakebed.tables.name;

import org.jspecify.annotations.NullMarked;
