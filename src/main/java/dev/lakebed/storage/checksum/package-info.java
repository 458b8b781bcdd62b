/**
 * The checksums of the S3 API: ten algorithms, their header values, and the checksum of a whole
 * object from those of its parts. Uses no other Lakebed package.
 */
@NullMarked
package dev.lakebed.storage.checksum;

import org.jspecify.annotations.NullMarked;
