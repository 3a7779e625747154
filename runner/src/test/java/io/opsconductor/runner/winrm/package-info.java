/**
 * A counterpart of Windows' WinRM service for tests: it speaks the shell protocol, refuses what the service refuses, and
 * runs a stand-in interpreter. Debian's Python client checks it, so that it is not only what our own client expects. What
 * PowerShell itself does with a script is beyond it.
 */
@NullMarked
package io.opsconductor.runner.winrm;

import org.jspecify.annotations.NullMarked;
