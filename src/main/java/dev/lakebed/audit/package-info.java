/** The audit trail: who did what, as whom, from where, and what was decided. */
@NullMarked
package dev.lakebed.audit;

import org.jspecify.annotations.NullMarked;
