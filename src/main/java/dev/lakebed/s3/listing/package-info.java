/** Listings of objects, versions and uploads, and their continuation tokens. */
@NullMarked
package dev.lakebed.s3.listing;

import org.jspecify.annotations.NullMarked;
