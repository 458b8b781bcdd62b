/**
 * Request bodies that check themselves: a hash over the whole body, and the aws-chunked framing
 * with its chunk signatures and trailers. Knows nothing of credentials.
 */
@NullMarked
package dev.lakebed.auth.payload;

import org.jspecify.annotations.NullMarked;
