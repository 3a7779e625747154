/**
 * What each tenant has on this runner: the files that are its own enter, its estate leaves. Every call works with the estate
 * of one tenant and nothing else. It must never give anybody another tenant's estate, nor say which tenants there are.
 */
@NullMarked
package io.opsconductor.runner.tenant;

import org.jspecify.annotations.NullMarked;
