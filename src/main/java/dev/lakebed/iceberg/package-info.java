/** The Iceberg REST catalog. Until it is built, every request gets the protocol's own error. */
@NullMarked
package dev.lakebed.iceberg;

import org.jspecify.annotations.NullMarked;
