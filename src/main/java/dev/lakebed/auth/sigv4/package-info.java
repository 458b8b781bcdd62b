/**
 * Signature Version 4 as a server checks it: in the header, in the query, in the fields of a form,
 * and in every chunk of a streamed body; and Version 2 ({@code Legacy…}), which many tools still
 * make for presigned URLs and forms.
 *
 * <p>Decisions: Version 2 (HMAC-SHA1, body not signed) is for S3 only, within limits, and can be
 * switched off; 4A is refused with a message that says what to use. No path is normalised before it
 * is verified, for none is before it is served. Every {@code x-amz-*} header must be signed. A
 * header of one value may come only once.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">AWS</a>
 */
@NullMarked
package dev.lakebed.auth.sigv4;

import org.jspecify.annotations.NullMarked;
