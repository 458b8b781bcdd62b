/**
 * Cross-origin resource sharing: the rules of a bucket, the questions of browsers, and the headers
 * that let pages of other origins read answers.
 */
@NullMarked
package dev.lakebed.s3.cors;

import org.jspecify.annotations.NullMarked;
