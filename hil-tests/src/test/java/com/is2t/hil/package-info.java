/** A double of MicroEJ's Mock API, by the names that its documentation gives. */
package com.is2t.hil;
