// Without this the page is whole but for the zoom, and the words of a bar that is touched.
(function () {
  var bars = document.querySelector("svg.bars");
  var zoom = document.getElementById("zoom");
  if (!bars || !zoom) { return; }
  var box = bars.parentNode;
  zoom.parentNode.hidden = false;
  zoom.addEventListener("input", function () {
    var middle = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth;
    bars.style.width = 100 * Math.pow(2, zoom.value) + "%";
    box.scrollLeft = middle * box.scrollWidth - box.clientWidth / 2;
  });
  bars.addEventListener("click", function (event) {
    var title = event.target.querySelector("title");
    document.querySelector(".told").textContent = title ? title.textContent : "\u00a0";
  });
})();
