/** Reading and writing the XML bodies of the S3 protocol. */
@NullMarked
package dev.lakebed.s3.xml;

import org.jspecify.annotations.NullMarked;
