/** Operations on one object, and DeleteObjects. */
@NullMarked
package dev.lakebed.s3.object;

import org.jspecify.annotations.NullMarked;
