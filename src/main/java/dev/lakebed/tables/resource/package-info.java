/** What table buckets and tables have alike: policies and tags. */
@NullMarked
package dev.lakebed.tables.resource;

import org.jspecify.annotations.NullMarked;
