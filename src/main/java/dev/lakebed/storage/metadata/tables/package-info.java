/** Namespaces and tables of table buckets: what is stored, and their repositories. */
@NullMarked
package dev.lakebed.storage.metadata.tables;

import org.jspecify.annotations.NullMarked;
