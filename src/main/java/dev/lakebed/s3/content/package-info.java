/**
 * The bytes of objects on their way in and out of the blob store: digests, verification,
 * descriptor.
 */
@NullMarked
package dev.lakebed.s3.content;

import org.jspecify.annotations.NullMarked;
