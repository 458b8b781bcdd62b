/**
 * Signature Version 4 as a server checks it: in the header, in the query, in the fields of a form,
 * and in every chunk of a streamed body.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">AWS,
 *     Authenticating requests</a>
 */
@NullMarked
package dev.lakebed.auth.sigv4;

import org.jspecify.annotations.NullMarked;
