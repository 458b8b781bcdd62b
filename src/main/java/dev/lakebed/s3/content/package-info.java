/**
 * What is kept of an object: its bytes on their way in and out of the blob store, their checksums,
 * and the headers, metadata and tags that come with them.
 */
@NullMarked
package dev.lakebed.s3.content;

import org.jspecify.annotations.NullMarked;
