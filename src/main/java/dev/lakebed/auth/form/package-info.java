/**
 * Browser uploads: the {@code multipart/form-data} body of POST Object, read as a stream, and the
 * policy document that says what the form may hold.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html">AWS</a>
 */
@NullMarked
package dev.lakebed.auth.form;

import org.jspecify.annotations.NullMarked;
