/**
 * The operations of S3 Tables, cut by resource: table buckets, namespaces, tables, and what table
 * buckets and tables have alike.
 */
@NullMarked
package dev.lakebed.tables.operation;

import org.jspecify.annotations.NullMarked;
