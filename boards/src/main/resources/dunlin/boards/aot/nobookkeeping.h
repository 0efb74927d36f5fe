/* Calls note where they come from, for stack traces and catch; here they do not. */
#pragma once
#include "runtime.h"
#undef TEAVM_WITH_CALL_SITE_ID
#define TEAVM_WITH_CALL_SITE_ID(id, expr) (expr)
/* Nothing is cast to what it may not be: the check, which needs what Descriptors.java cuts, does not link. */
#define teavm_isSupertypeOf dunlin_noCasts
extern int32_t dunlin_noCasts(TeaVM_Class *superclass, TeaVM_Class *subclass);
