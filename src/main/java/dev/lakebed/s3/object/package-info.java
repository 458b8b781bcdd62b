/** Operations on one object, their sub-resources, DeleteObjects and the listings of objects. */
@NullMarked
package dev.lakebed.s3.object;

import org.jspecify.annotations.NullMarked;
