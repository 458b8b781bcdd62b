/** Operations that table buckets and tables share: policies, tags, configuration. */
@NullMarked
package dev.lakebed.tables.resource;

import org.jspecify.annotations.NullMarked;
