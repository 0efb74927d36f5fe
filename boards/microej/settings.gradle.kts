// Where plugins and modules come from is set by MicroEJ's init script, which the SDK's installation
// guide has you copy (README.md, step 2): no repository is named here.
rootProject.name = "dunlin-microej"

include("application", "mock")
