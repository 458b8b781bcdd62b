/** Operating the server: settings, health, metrics. */
@NullMarked
package dev.lakebed.ops;

import org.jspecify.annotations.NullMarked;
