/** The promises of the project, asked of a running server by the clients that users have. */
@NullMarked
package dev.lakebed.acceptance;

import org.jspecify.annotations.NullMarked;
