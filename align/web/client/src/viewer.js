// The viewer begins here.
import OpenSeadragon from "openseadragon";

window.OpenSeadragon = OpenSeadragon;
