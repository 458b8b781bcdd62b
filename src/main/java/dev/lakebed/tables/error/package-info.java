/** What S3 Tables answers when something fails. */
@NullMarked
package dev.lakebed.tables.error;

import org.jspecify.annotations.NullMarked;
