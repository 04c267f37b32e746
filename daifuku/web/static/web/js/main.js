// The behaviours that every page may use; what only one area needs is loaded by its own pages.
import "./controllers/hotkeys.js"
import "./controllers/toast.js"
import "./controllers/menu.js"
import "./controllers/search_box.js"
import "./controllers/sheet.js"
import "./controllers/keep_typing.js"
import "./controllers/quick_keys.js"
