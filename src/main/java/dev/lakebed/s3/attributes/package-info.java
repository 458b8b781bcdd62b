/** Headers, user metadata and tags that are kept with an object. */
@NullMarked
package dev.lakebed.s3.attributes;

import org.jspecify.annotations.NullMarked;
