/** Namespaces and tables of table buckets: what is stored, and their repositories. */
@NullMarked
package dev.lakebed.metadata.tables;

import org.jspecify.annotations.NullMarked;
