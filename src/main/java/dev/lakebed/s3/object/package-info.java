/** Objects: what is kept and said of them, the way of their bytes, and the operations on them. */
@NullMarked
package dev.lakebed.s3.object;

import org.jspecify.annotations.NullMarked;
