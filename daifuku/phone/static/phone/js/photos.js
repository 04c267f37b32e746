// Makes a photograph small enough for a bad line: 20 MB become at most 2, upright, without place and time of the camera.
const MOST = 2 * 1024 * 1024
const STEPS = [[2400, 0.85], [2000, 0.8], [1600, 0.75], [1280, 0.7], [1024, 0.6]]

export class NoPicture extends Error {}

export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => { throw new NoPicture(file.name) })
  try {
    let blob
    for (const [edge, quality] of STEPS) {
      blob = await drawn(picture, edge, quality)
      if (blob.size <= MOST) break
    }
    return blob
  } finally {
    picture.close()
  }
}

function drawn(picture, edge, quality) {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext("2d")
  // What is see-through would become black.
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((done, failed) => canvas.toBlob((blob) => blob ? done(blob) : failed(new NoPicture()), "image/jpeg", quality))
}
