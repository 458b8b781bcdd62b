/**
 * Signature Version 4 as a server checks it: in the header, in the query, in the fields of a form,
 * and in every chunk of a streamed body.
 *
 * <p>Decisions: Signature Version 2 (HMAC-SHA1, body not signed) and 4A are refused with a message
 * that says what to use. No path is normalised before it is verified, for none is before it is
 * served. Every {@code x-amz-*} header must be signed. A header of one value may come only once.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">AWS,
 *     Authenticating requests</a>
 */
@NullMarked
package dev.lakebed.auth.sigv4;

import org.jspecify.annotations.NullMarked;
