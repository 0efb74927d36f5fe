/* Calls note where they come from, for stack traces and catch; here they do not. */
#pragma once
#include "runtime.h"
#undef TEAVM_WITH_CALL_SITE_ID
#define TEAVM_WITH_CALL_SITE_ID(id, expr) (expr)
