/** The forms in which the server is delivered, each started as its user would start it. */
@NullMarked
package dev.lakebed.packaging;

import org.jspecify.annotations.NullMarked;
